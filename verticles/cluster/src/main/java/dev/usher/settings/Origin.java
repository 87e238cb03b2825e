package dev.usher.settings;

/** Who decided a setting's value; the later wins. */
public enum Origin {
  /** Nobody: it is the schema's default. */
  DEFAULT,
  /** The process's YAML file. */
  FILE,
  /** An environment variable. */
  ENVIRONMENT,
  /** A person, while the process ran. */
  OVERRIDE
}
