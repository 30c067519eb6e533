package dev.hookferry.portal;

import dev.hookferry.audit.FieldChange;
import dev.hookferry.event.PairRules;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Request for a portal link: {@code NewPortalLink.of("c-17").name("Ada").labels(Map.of("customer",
 * "c-17"))}. Immutable; each method returns a copy, checks its argument immediately, and throws an
 * {@link dev.hookferry.refusal.InvalidException} that names the field and the rule.
 */
public final class NewPortalLink {
  /** Default idle timeout of a session. */
  public static final Duration DEFAULT_IDLE = Duration.ofMinutes(60);

  /** Default lifetime of a link. */
  public static final Duration DEFAULT_CODE = Duration.ofSeconds(60);

  private static final int MAX_MINUTES = 720;
  private static final int MIN_CODE_SECONDS = 15;
  private static final int MAX_CODE_SECONDS = 900;

  private final PortalGrant grant;
  private final Duration codeLifetime;

  private NewPortalLink(PortalGrant grant, Duration codeLifetime) {
    this.grant = grant;
    this.codeLifetime = codeLifetime;
  }

  private NewPortalLink with(PortalGrant changed) {
    return new NewPortalLink(changed, codeLifetime);
  }

  /**
   * Returns a link to all endpoints of the site, with the usual capabilities.
   *
   * @param subject your own id for the user, used in the audit log and to end sessions: 1 to 80
   *     visible ASCII characters
   */
  public static NewPortalLink of(String subject) {
    Objects.requireNonNull(subject, "subject");
    Problems.check(
        problems ->
            problems.require(
                subject.matches("[!-~]{1,80}"),
                "subject",
                "must be 1 to 80 visible ASCII characters without spaces"));
    return new NewPortalLink(
        new PortalGrant(
            subject,
            "",
            PortalCapability.DEFAULTS,
            Map.of(),
            DEFAULT_IDLE,
            PortalOpening.DEFAULT,
            false,
            null,
            null),
        DEFAULT_CODE);
  }

  /** Returns a copy with the user's display name: up to 80 characters, no control characters. */
  public NewPortalLink name(String name) {
    Objects.requireNonNull(name, "name");
    Problems.check(
        problems ->
            problems.require(
                name.length() <= 80 && name.chars().noneMatch(Character::isISOControl),
                "name",
                "must have at most 80 characters, no control characters"));
    return with(grant.withName(name));
  }

  /** Returns a copy with exactly these capabilities, in addition to reading. */
  public NewPortalLink can(Collection<PortalCapability> can) {
    NoNulls.in(can, "can");
    return with(grant.withCan(Set.copyOf(can)));
  }

  /** Returns a copy that gives access only to endpoints with all these labels. */
  public NewPortalLink labels(Map<String, String> labels) {
    NoNulls.inKeys(labels, "labels");
    return with(grant.withLabels(PairRules.LABELS.checked("labels", labels)));
  }

  /**
   * Returns a copy with this idle timeout for the session.
   *
   * @param minutes 1 to 720; 60 by default
   */
  public NewPortalLink sessionMinutes(int minutes) {
    Problems.check(
        problems ->
            problems.require(
                1 <= minutes && minutes <= MAX_MINUTES,
                "sessionMinutes",
                "must be from 1 to " + MAX_MINUTES + " (got " + minutes + ")"));
    return with(grant.withIdle(Duration.ofMinutes(minutes)));
  }

  /**
   * Returns a copy with this lifetime for the link's code.
   *
   * @param seconds 15 to 900; 60 by default, which is enough if the product redirects the browser
   */
  public NewPortalLink codeSeconds(int seconds) {
    Problems.check(
        problems ->
            problems.require(
                MIN_CODE_SECONDS <= seconds && seconds <= MAX_CODE_SECONDS,
                "codeSeconds",
                "must be from "
                    + MIN_CODE_SECONDS
                    + " to "
                    + MAX_CODE_SECONDS
                    + " (got "
                    + seconds
                    + ")"));
    return new NewPortalLink(grant, Duration.ofSeconds(seconds));
  }

  /**
   * Returns a copy with this language for its pages: German, English or French; any other language
   * falls back to English. Numbers and dates follow the whole tag.
   *
   * @param locale a language tag such as {@code de} or {@code fr-CA}; empty, the default, to use
   *     the languages of the browser
   */
  public NewPortalLink locale(String locale) {
    Objects.requireNonNull(locale, "locale");
    return with(grant.withOpening(grant.opening().withLocale(locale)));
  }

  /** Returns a copy with this colour scheme; by default, pages follow the visitor's system. */
  public NewPortalLink theme(ColourScheme theme) {
    Objects.requireNonNull(theme, "theme");
    return with(grant.withOpening(grant.opening().withTheme(theme)));
  }

  /**
   * Returns a copy that opens on this page, such as the one passed to {@code refreshUrl}.
   *
   * @param page its path and query, such as {@code /portal/deliveries?status=exhausted}; empty for
   *     Home, the default
   */
  public NewPortalLink page(String page) {
    Objects.requireNonNull(page, "page");
    return with(grant.withOpening(grant.opening().withPage(page)));
  }

  /**
   * Returns a copy whose pages have a link back to the product.
   *
   * @param returnUrl a URL at one of the site's {@code portal.origins}, which {@link Portal#link}
   *     checks; empty for no link, the default
   */
  public NewPortalLink returnUrl(String returnUrl) {
    Objects.requireNonNull(returnUrl, "returnUrl");
    return with(grant.withOpening(grant.opening().withReturnUrl(returnUrl)));
  }

  /**
   * Returns a copy for an operator who views the pages as this user. Nothing can be changed, every
   * page states that, and the audit log records {@code portal.viewed}.
   */
  public NewPortalLink asOperator() {
    return with(grant.forOperator());
  }

  PortalGrant grant() {
    return grant;
  }

  Duration codeLifetime() {
    return codeLifetime;
  }

  /**
   * Returns the details for the audit entry; includes the code's lifetime only if it is not the
   * default.
   */
  List<FieldChange> audited() {
    List<FieldChange> details = new ArrayList<>(grant.audited());
    if (!codeLifetime.equals(DEFAULT_CODE)) {
      details.add(new FieldChange("codeSeconds", null, Long.toString(codeLifetime.toSeconds())));
    }
    return details;
  }
}
