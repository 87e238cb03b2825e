package dev.usher.subscription;

import dev.usher.handler.Rejected;
import dev.usher.handler.Signup;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who subscribes.
 *
 * @param email the domain in lower case, where case means nothing; the part before it may mean
 *     something and stays as it is (RFC 5321, section 2.4)
 * @param username how the person wants to be called, if known
 * @param signup id of the signup that asked for it
 */
record Subscriber(String email, Optional<String> username, String signup) {

  private static final Pattern EMAIL = Pattern.compile("[^\\s\\p{Cntrl}@]+@[^\\s\\p{Cntrl}@]+");
  // RFC 5321, section 4.5.3.1.3
  private static final int MAX_EMAIL = 254;

  /**
   * The person of a signup.
   *
   * @throws Rejected when there is no address
   */
  static Subscriber of(Signup signup) {
    String email = signup.text("email").strip();
    if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
      throw new Rejected("\"email\" is not an e-mail address");
    }
    int at = email.lastIndexOf('@');
    String domain = email.substring(at).toLowerCase(Locale.ROOT);
    return new Subscriber(email.substring(0, at) + domain, signup.find("username"), signup.id());
  }

  /** The signup only: this may end up in a log. */
  @Override
  public String toString() {
    return "subscriber of " + signup;
  }
}
