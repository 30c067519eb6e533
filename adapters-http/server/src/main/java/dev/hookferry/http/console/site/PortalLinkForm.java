package dev.hookferry.http.console.site;

import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form for a portal link, as typed.
 *
 * @param subject the user that the link is for
 * @param name the user's display name
 * @param labels lines such as {@code customer=c-17}
 * @param can the codes of the ticked capabilities
 * @param minutes idle timeout of the session, in minutes
 * @param codeSeconds how long the link can be opened, in seconds
 * @param isWhole whether a link without labels, to the whole site, is intended
 * @param endpoints number of endpoints of the site
 * @param unlabelled the endpoint in the query if it has no labels; null otherwise
 */
public record PortalLinkForm(
    String subject,
    String name,
    String labels,
    Set<String> can,
    String minutes,
    String codeSeconds,
    boolean isWhole,
    int endpoints,
    @Nullable Unlabelled unlabelled) {
  private static final int MAX_NUMBER_LENGTH = 9;

  /** The subject of a view-only link if none was typed. */
  private static final String VIEWER = "viewer";

  /** An endpoint that the link was intended for, but that has no labels to select it by. */
  public record Unlabelled(String id, String name) {}

  /** A usual set of permissions, or the custom choice. */
  public record Preset(String code, String title, String meaning) {}

  private static final String CUSTOM = "custom";

  /** Returns the usual sets of permissions, then the custom choice. */
  public static List<Preset> presets() {
    return List.of(
        new Preset("view", "View only", "see endpoints, deliveries and payloads"),
        new Preset("retry", "Test and retry", "also send tests, retry and resend deliveries"),
        new Preset(
            "all", "Manage everything", "also add, change and remove endpoints, and see secrets"),
        new Preset(CUSTOM, "Custom", "choose each"));
  }

  /** Returns the code of the preset that matches the ticked permissions. */
  public String preset() {
    return presets().stream()
        .map(Preset::code)
        .filter(code -> granted(code).map(can::equals).orElse(true))
        .findFirst()
        .orElse(CUSTOM);
  }

  /** Returns the capability codes of a preset; empty for the custom choice. */
  private static Optional<Set<String>> granted(String preset) {
    return switch (preset) {
      case "view" -> Optional.of(Set.of(PortalCapability.PAYLOAD.code()));
      case "retry" -> Optional.of(words(PortalCapability.DEFAULTS));
      case "all" -> Optional.of(words(EnumSet.allOf(PortalCapability.class)));
      default -> Optional.empty();
    };
  }

  private static Set<String> words(Set<PortalCapability> all) {
    return all.stream().map(PortalCapability::code).collect(Collectors.toSet());
  }

  /** A permission to tick. */
  public record Choice(String word, String meaning) {}

  /** Returns the form before anything is typed; the query may have a subject and labels. */
  static PortalLinkForm blank(Visit visit) {
    FormValues query = visit.query();
    return new PortalLinkForm(
        query.text("subject"),
        "",
        query.text("labels"),
        words(PortalCapability.DEFAULTS),
        String.valueOf(NewPortalLink.DEFAULT_IDLE.toMinutes()),
        usualCode(),
        false,
        endpoints(visit),
        unlabelled(visit));
  }

  private static @Nullable Unlabelled unlabelled(Visit visit) {
    EndpointList all = new EndpointList(visit.webhooks(), visit.site());
    return EndpointId.find(visit.query().text("endpoint"))
        .flatMap(all::find)
        .filter(one -> one.labels().isEmpty())
        .map(one -> new Unlabelled(one.id().toString(), one.name()))
        .orElse(null);
  }

  static PortalLinkForm typed(Visit visit) {
    FormValues form = visit.form();
    return new PortalLinkForm(
        form.text("subject"),
        form.text("name"),
        form.raw("labels").strip(),
        granted(form.text("preset")).orElseGet(() -> Set.copyOf(form.texts("can"))),
        form.text("minutes"),
        form.has("codeSeconds") ? form.text("codeSeconds") : usualCode(),
        form.has("whole"),
        endpoints(visit),
        null);
  }

  private static String usualCode() {
    return String.valueOf(NewPortalLink.DEFAULT_CODE.toSeconds());
  }

  /** Returns the lifetimes of a link to choose from: labels by number of seconds. */
  public static Map<String, String> lifetimes() {
    Map<String, String> lifetimes = new LinkedHashMap<>();
    lifetimes.put(usualCode(), "1 minute");
    lifetimes.put("300", "5 minutes");
    lifetimes.put("900", "15 minutes");
    return lifetimes;
  }

  private static int endpoints(Visit visit) {
    return visit.webhooks().endpoints().all(visit.site()).size();
  }

  /** Describes the access that a link without labels gives. */
  public String wholeSite() {
    return endpoints == 1
        ? "the only endpoint of this site"
        : "all " + WaitingDeliveries.text(endpoints, false) + " endpoints of this site";
  }

  /** Returns the permissions to choose from. */
  public List<Choice> choices() {
    return Stream.of(PortalCapability.values())
        .map(one -> new Choice(one.code(), meaning(one)))
        .toList();
  }

  private static String meaning(PortalCapability one) {
    return switch (one) {
      case TEST -> "send test events, verify signatures";
      case RETRY -> "retry deliveries, resend delivered ones";
      case MANAGE -> "add and change endpoints, pause and resume them";
      case REMOVE -> "remove endpoints";
      case SECRETS -> "see the secret of a new endpoint, rotate secrets";
      case PAYLOAD -> "see payloads, as far as the site shows them";
    };
  }

  /**
   * Returns the link for the customer.
   *
   * @throws InvalidException with the problems of all fields
   */
  NewPortalLink link() {
    Set<PortalCapability> granted = EnumSet.noneOf(PortalCapability.class);
    can.forEach(word -> PortalCapability.fromCode(word).ifPresent(granted::add));
    Problems problems = new Problems();
    NewPortalLink link = asked(problems, subject).can(granted);
    link = checked(problems, link, one -> one.name(name));
    link = checked(problems, link, one -> one.sessionMinutes(whole("sessionMinutes", minutes)));
    link = checked(problems, link, one -> one.codeSeconds(whole("codeSeconds", codeSeconds)));
    problems.throwIfAny();
    return link;
  }

  /** Returns a view-only link with which an operator sees the portal as the customer does. */
  NewPortalLink view() {
    Problems problems = new Problems();
    NewPortalLink link = asked(problems, subject.isEmpty() ? VIEWER : subject);
    problems.throwIfAny();
    return link.name(name).can(EnumSet.of(PortalCapability.PAYLOAD)).asOperator();
  }

  private NewPortalLink asked(Problems problems, String user) {
    // Without a valid subject, the other fields are checked on a link that is never created.
    NewPortalLink link =
        checked(problems, NewPortalLink.of("nobody"), one -> NewPortalLink.of(user));
    return checked(problems, link, one -> one.labels(shownLabels()));
  }

  private static NewPortalLink checked(
      Problems problems, NewPortalLink link, UnaryOperator<NewPortalLink> step) {
    NewPortalLink after = problems.collect("", () -> step.apply(link));
    return after == null ? link : after;
  }

  private Map<String, String> shownLabels() {
    if (labels.isBlank() && !isWhole) {
      throw InvalidException.of(
          "labels",
          "Enter the label that the customer's endpoints have, such as customer=c-17, or tick"
              + " “Give access to "
              + wholeSite()
              + "”.");
    }
    return KeyValueLines.parse("labels", labels);
  }

  private static int whole(String field, String typed) {
    if (!typed.matches("[0-9]{1," + MAX_NUMBER_LENGTH + "}")) {
      throw InvalidException.of(field, "must be a whole number");
    }
    return Integer.parseInt(typed);
  }
}
