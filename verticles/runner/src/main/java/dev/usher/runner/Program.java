package dev.usher.runner;

/**
 * An artefact as classes.
 *
 * @param loader where its classes are; closed by whoever has the program
 * @param entry name of the class that is run: one with a {@code main}, or a verticle
 */
record Program(ArtefactLoader loader, String entry) {}
