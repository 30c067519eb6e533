package dev.hookferry.internal;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.SignatureScheme;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.site.SecretContexts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Validates endpoint specifications and creates or changes endpoints from them. */
public final class EndpointWriter {
  private final CheckedTargets targets;
  private final SecretCipher cipher;

  public EndpointWriter(CheckedTargets targets, SecretCipher cipher) {
    this.targets = targets;
    this.cipher = cipher;
  }

  /** Creates an endpoint that signs with this secret. */
  public Endpoint create(
      SiteId site, EndpointId id, EndpointSpec asked, StandardSecret secret, Instant now) {
    Problems problems = new Problems();
    problems.require(asked.url() != null, "url", "is missing: where to send the events");
    problems.require(
        asked.eventTypes() != null, "eventTypes", "is missing: which events to send; * for all");
    Sealed sealed = cipher.seal(secret.reveal(), SecretContexts.standard(site, id));
    EndpointSigning signing =
        new EndpointSigning(
            EnumSet.allOf(SignatureScheme.class), null, List.of(new EndpointSecret(sealed, null)));
    return write(new Base(id, site, null, signing, now), asked, problems);
  }

  /** Returns the endpoint after a change. */
  public Endpoint change(Endpoint present, EndpointSpec asked, Instant now) {
    Base base = new Base(present.id(), present.site(), present, present.signing(), now);
    return write(base, asked, new Problems());
  }

  /** Parses a URL and checks that it may be called. */
  public TargetUrl url(String text) {
    return targets.url(text);
  }

  private Endpoint write(Base base, EndpointSpec asked, Problems problems) {
    Endpoint present = base.present();
    TargetUrl url = present == null ? null : present.url();
    String text = asked.url();
    if (text != null) {
      url = problems.collect("", () -> url(text));
    }
    List<EventTypeFilter> types = present == null ? List.of() : present.eventTypes();
    if (asked.eventTypes() != null) {
      types = filters(asked.eventTypes(), problems);
    }
    List<CustomHeader> headers = headers(base, asked, problems);
    EndpointSigning signing = signing(base, asked, problems);
    String kept = present == null ? "" : present.description();
    String description = asked.description() == null ? kept : asked.description();
    int filters = asked.eventTypes() == null ? types.size() : asked.eventTypes().size();
    if (present != null || asked.eventTypes() != null) {
      Endpoint.check(problems, filters, description);
    }
    if (url == null || signing == null || !problems.isEmpty()) {
      problems.throwIfAny();
      throw InvalidException.of("url", "is missing");
    }
    return new Endpoint(
        base.id(),
        base.site(),
        url,
        types,
        description,
        headers,
        signing,
        standing(base, asked),
        retry(present, asked),
        present == null ? base.now() : present.createdAt());
  }

  private static List<EventTypeFilter> filters(List<String> patterns, Problems problems) {
    List<EventTypeFilter> filters = new ArrayList<>();
    for (String pattern : patterns) {
      EventTypeFilter filter = problems.collect("", () -> new EventTypeFilter(pattern));
      if (filter != null) {
        filters.add(filter);
      }
    }
    return filters;
  }

  private List<CustomHeader> headers(Base base, EndpointSpec asked, Problems problems) {
    List<CustomHeader> present = base.present() == null ? List.of() : base.present().headers();
    return new HeaderWriter(cipher, base.site(), base.id(), present).write(asked, problems);
  }

  private @Nullable EndpointSigning signing(Base base, EndpointSpec asked, Problems problems) {
    EndpointSigning before = base.signing();
    Set<SignatureScheme> schemes = new LinkedHashSet<>(before.schemes());
    if (asked.signatures() != null) {
      schemes.clear();
      if (asked.signatures().isEmpty()) {
        schemes.addAll(EnumSet.allOf(SignatureScheme.class));
      }
      for (String word : asked.signatures()) {
        Stream.of(SignatureScheme.values())
            .filter(scheme -> scheme.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst()
            .ifPresentOrElse(
                schemes::add, () -> problems.add("signatures", "must name qlm, standard or both"));
      }
    }
    Sealed qlm = asked.cleared().contains("qlmSecret") ? null : before.qlmSecret();
    if (asked.qlmSecret() != null) {
      int length = asked.qlmSecret().length();
      problems.require(
          0 < length && length <= EndpointFields.MAX_QLM_SECRET,
          "qlmSecret",
          "must have 1 to 256 characters");
      qlm = cipher.seal(asked.qlmSecret(), SecretContexts.qlm(base.site(), base.id()));
    }
    if (schemes.isEmpty() && asked.signatures() != null && !asked.signatures().isEmpty()) {
      // Already reported as a problem.
      return null;
    }
    Sealed own = qlm;
    return problems.collect("", () -> new EndpointSigning(schemes, own, before.secrets()));
  }

  /** Keeps the current status, with reason and rate, if it would not change. */
  private static EndpointStatus standing(Base base, EndpointSpec asked) {
    Endpoint present = base.present();
    EndpointStatus before = present == null ? EndpointStatus.ENABLED : present.standing();
    Boolean enabled = asked.enabled();
    if (enabled == null || enabled == before.enabled()) {
      return before;
    }
    if (present == null) {
      return EndpointStatus.paused(null);
    }
    return enabled ? EndpointStatus.resumed(base.now(), null) : EndpointStatus.paused(base.now());
  }

  private static @Nullable RetrySettings retry(@Nullable Endpoint present, EndpointSpec asked) {
    if (asked.retry() != null) {
      return asked.retry();
    }
    return present == null || asked.cleared().contains("retry") ? null : present.retry();
  }

  /** Fixed inputs for creating or changing an endpoint. */
  private record Base(
      EndpointId id,
      SiteId site,
      @Nullable Endpoint present,
      EndpointSigning signing,
      Instant now) {}
}
