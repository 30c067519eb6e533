package dev.hookferry.internal.endpoint;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Validates requested custom headers and seals their values. */
public final class HeaderWriter {
  private static final String MARKS = "secretHeaders";
  private static final String UNMASKED =
      "must be the value itself, because ******** stands for the value of a header that the"
          + " endpoint already has with exactly this name";

  private final SecretCipher cipher;
  private final SiteId site;
  private final EndpointId endpoint;
  private final List<CustomHeader> current;

  /** Creates a writer for an endpoint with the given current headers. */
  public HeaderWriter(
      SecretCipher cipher, SiteId site, EndpointId endpoint, List<CustomHeader> current) {
    this.cipher = cipher;
    this.site = site;
    this.endpoint = endpoint;
    this.current = current;
  }

  /** Returns the headers after a change. */
  public List<CustomHeader> write(FieldValues requested, Problems problems) {
    List<CustomHeader> headers = values(requested, problems);
    List<String> marks = requested.get(EndpointFields.SECRET_HEADERS);
    if (marks == null) {
      return headers;
    }
    for (String name : marks) {
      problems.require(
          headers.stream().anyMatch(header -> header.name().equals(name)),
          MARKS,
          "must name headers of this endpoint, exactly as spelled");
    }
    for (CustomHeader header : headers) {
      problems.require(
          !header.markedSecret() || marks.contains(header.name()) || !current.contains(header),
          MARKS,
          "must keep naming what is secret now, unless headers gives it a new value");
    }
    return headers.stream()
        .map(
            header ->
                new CustomHeader(header.name(), header.value(), marks.contains(header.name())))
        .toList();
  }

  private List<CustomHeader> values(FieldValues requested, Problems problems) {
    Map<String, String> given = requested.get(EndpointFields.HEADERS);
    if (given == null) {
      return current;
    }
    HeaderRules.check(problems, "headers", given);
    List<CustomHeader> headers = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          Optional<CustomHeader> before =
              current.stream().filter(header -> header.name().equalsIgnoreCase(name)).findFirst();
          boolean isMask = SettingsByName.MASK.equals(value);
          if (isMask && before.isPresent() && before.get().name().equals(name)) {
            headers.add(before.get());
          } else if (isMask) {
            problems.add("headers." + name, UNMASKED);
          } else if (value != null) {
            // A secret header stays secret when its value changes, unless the request says
            // otherwise.
            boolean marked = before.map(CustomHeader::markedSecret).orElse(false);
            String context = SecretContexts.header(site, endpoint, name);
            Sealed old =
                before
                    .filter(header -> header.name().equals(name))
                    .map(CustomHeader::value)
                    .orElse(null);
            Sealed sealed = UnchangedSecret.seal(cipher, value, context, old);
            headers.add(new CustomHeader(name, sealed, marked));
          }
        });
    return headers;
  }
}
