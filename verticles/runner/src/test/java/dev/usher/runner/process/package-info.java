@NullMarked
package dev.usher.runner.process;

import org.jspecify.annotations.NullMarked;
