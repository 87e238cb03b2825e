package dev.usher.gateway.pipeline;

/**
 * Which handlers at an address are to have a signup, where a canary runs beside another version.
 */
public enum Track {
  /** All but the canary; whoever is there, where no two versions are. */
  MAIN,
  /** The version that is tried on a share of the signups. */
  CANARY
}
