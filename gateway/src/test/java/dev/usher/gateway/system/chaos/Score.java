package dev.usher.gateway.system.chaos;

/** What one strike came to, over all its rounds. */
final class Score {

  int rounds;
  int notReached;
  long accepted;
  long unanswered;
  long delivered;
  long lost;
  long explained;
  long unexplained;

  void add(Score other) {
    rounds += other.rounds;
    notReached += other.notReached;
    accepted += other.accepted;
    unanswered += other.unanswered;
    delivered += other.delivered;
    lost += other.lost;
    explained += other.explained;
    unexplained += other.unexplained;
  }
}
