package dev.usher.gateway.journal;

/** Hears how the journal is doing. */
public interface CommitListener {

  /** A group became durable; called on the writer thread. */
  void committed(int changes, long nanos);

  /** The journal was gone and is back; called on the loop. */
  void reopened();
}
