/**
 * Typed settings: a YAML file under environment variables, checked against a JSON schema, all
 * faults at once.
 */
@NullMarked
package dev.usher.settings;

import org.jspecify.annotations.NullMarked;
