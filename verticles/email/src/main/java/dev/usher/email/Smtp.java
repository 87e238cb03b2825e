package dev.usher.email;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An SMTP server, through a pool of connections. Every letter has a time limit of its own, as a
 * server that accepts and then says nothing would hold it for ever; a letter that ran out of time
 * may still arrive.
 */
final class Smtp implements Transport {

  private final SmtpSettings settings;
  private final MailClient client;
  private final Turnstile turnstile;

  Smtp(Vertx vertx, SmtpSettings settings) {
    this.settings = settings;
    this.client = MailClient.create(vertx, config(settings));
    this.turnstile = new Turnstile(vertx, settings.pool());
  }

  @Override
  public Future<Void> send(String delivery, MailMessage letter, Duration within) {
    Deadline deadline = Deadline.in(shorter(within, settings.timeout()));
    return turnstile
        .enter(deadline.timeLeft())
        .compose(entered -> sendNow(letter, deadline))
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(failure(cause)));
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }

  /** The place is free again when the connection is, which may be after the time limit. */
  private Future<MailResult> sendNow(MailMessage letter, Deadline deadline) {
    Duration timeLeft = deadline.timeLeft();
    if (timeLeft.toMillis() < 1) {
      turnstile.leave();
      return Future.failedFuture(new TimeoutException());
    }
    return client
        .sendMail(letter)
        .onComplete(sent -> turnstile.leave())
        .timeout(timeLeft.toMillis(), TimeUnit.MILLISECONDS);
  }

  private RuntimeException failure(Throwable cause) {
    if (cause instanceof SMTPException refusal) {
      return SmtpRefusal.meaning(refusal);
    }
    String server = "the SMTP server " + settings.host() + ":" + settings.port() + " ";
    if (cause instanceof TimeoutException) {
      return new NotSent(server + "did not take the letter in time");
    }
    return new NotSent(server + "can't be used: " + kind(cause));
  }

  /** Messages of the mail client may hold the address, except for those it makes of fixed words. */
  private static String kind(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    boolean fixed =
        message.startsWith("STARTTLS required") || message.startsWith("login is required");
    return fixed ? message : cause.getClass().getSimpleName();
  }

  private static MailConfig config(SmtpSettings settings) {
    int timeoutMs = Math.toIntExact(settings.timeout().toMillis());
    MailConfig config =
        new MailConfig()
            .setHostname(settings.host())
            .setPort(settings.port())
            .setStarttls(starttls(settings.tls()))
            .setSsl(settings.tls() == SmtpSettings.Tls.IMPLICIT)
            .setMaxPoolSize(settings.pool())
            .setUserAgent("usher")
            .setConnectTimeout(timeoutMs)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(timeoutMs)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setSslHandshakeTimeout(timeoutMs);
    settings.ca().ifPresent(pem -> config.setTrustOptions(trust(pem.toString())));
    return login(config, settings);
  }

  private static MailConfig login(MailConfig config, SmtpSettings settings) {
    if (settings.username().isEmpty()) {
      return config.setLogin(LoginOption.DISABLED);
    }
    return config
        .setLogin(LoginOption.REQUIRED)
        // Without XOAUTH2, which would be tried first with a password that is no token.
        .setAuthMethods("PLAIN LOGIN CRAM-MD5")
        .setUsername(settings.username().get())
        .setPassword(settings.password().orElse(""));
  }

  private static StartTLSOptions starttls(SmtpSettings.Tls tls) {
    return tls == SmtpSettings.Tls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED;
  }

  private static PemTrustOptions trust(String pem) {
    return new PemTrustOptions().addCertPath(pem);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
