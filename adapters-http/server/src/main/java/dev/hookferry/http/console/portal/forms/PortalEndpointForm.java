package dev.hookferry.http.console.portal.forms;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointRules;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.FieldValues;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.endpoints.rows.FilterRows;
import dev.hookferry.http.console.portal.types.PublicTypes.TypeLine;
import dev.hookferry.http.console.portal.types.TypeGroup;
import dev.hookferry.http.console.text.FormReader;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.SettingsByName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of an endpoint, as typed.
 *
 * @param url its URL
 * @param types event types or patterns, separated by spaces or commas
 * @param description human-readable text
 * @param filter its filter, as rows or as JSON
 * @param headers one per line, {@code Name: value}
 * @param problems the errors in the form
 * @param isNew whether the endpoint is new
 * @param known the event types to choose from
 * @param isKept whether it was submitted earlier, after the session had ended
 */
public record PortalEndpointForm(
    String url,
    String types,
    String description,
    FilterRows filter,
    String headers,
    List<Problem> problems,
    boolean isNew,
    List<TypeLine> known,
    boolean isKept) {
  /** The pattern of all event types. */
  private static final String ALL = "*";

  private static final String HEADERS = "headers";
  private static final int MANY = 10;

  /** Returns the form of a new endpoint. */
  public static PortalEndpointForm empty(List<TypeLine> known) {
    return new PortalEndpointForm("", "", "", FilterRows.NONE, "", List.of(), true, known, false);
  }

  /** Returns the form of an endpoint as it is stored. */
  public static PortalEndpointForm of(
      Endpoint endpoint, Map<String, String> headers, List<TypeLine> known) {
    return new PortalEndpointForm(
        endpoint.url().text(),
        endpoint.eventTypes().stream()
            .map(EventTypeFilter::pattern)
            .collect(Collectors.joining(" ")),
        endpoint.description(),
        endpoint.filter() == null ? FilterRows.NONE : FilterRows.of(endpoint.filter().text()),
        headers.entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining("\n")),
        List.of(),
        false,
        known,
        false);
  }

  /** Returns the submitted form. */
  public static PortalEndpointForm of(FormValues form, boolean isNew, List<TypeLine> known) {
    return new PortalEndpointForm(
        form.text("url"),
        Stream.concat(form.texts("type").stream(), Stream.of(form.text("types")))
            .collect(Collectors.joining(" "))
            .strip(),
        form.text("description"),
        FilterRows.of(form),
        form.raw("headers"),
        List.of(),
        isNew,
        known,
        false);
  }

  /** Returns the form with its errors, and with its types if they are missing. */
  public PortalEndpointForm with(List<Problem> found) {
    boolean isMissing =
        wanted().isEmpty() && found.stream().noneMatch(one -> one.field().equals("eventTypes"));
    List<Problem> wrong =
        isMissing
            ? Stream.concat(found.stream(), Stream.of(new Problem("eventTypes", "is missing")))
                .toList()
            : found;
    return found(wrong);
  }

  /** Returns the form with exactly these problems. */
  public PortalEndpointForm found(List<Problem> wrong) {
    return new PortalEndpointForm(
        url, types, description, filter, headers, wrong, isNew, known, false);
  }

  /** Returns the form marked as submitted earlier, after the session had ended. */
  public PortalEndpointForm asKept() {
    return new PortalEndpointForm(
        url, types, description, filter, headers, problems, isNew, known, true);
  }

  /** Returns the types and patterns, without listed types that a pattern already includes. */
  private List<String> wanted() {
    List<String> all =
        Stream.of(types.split("[\\s,;]+", -1)).filter(type -> !type.isEmpty()).distinct().toList();
    Set<String> needless = new HashSet<>();
    for (TypeGroup group : groups()) {
      boolean isIncluded = all.contains(ALL) || all.contains(group.pattern());
      if (isIncluded) {
        group.types().forEach(type -> needless.add(type.type()));
      }
      if (all.contains(ALL)) {
        needless.add(group.pattern());
      }
    }
    return all.stream().filter(type -> !needless.contains(type)).toList();
  }

  /** Returns the types to choose from, in groups. */
  public List<TypeGroup> groups() {
    return TypeGroup.of(known);
  }

  /** Returns whether there are enough types to offer a search. */
  public boolean hasManyTypes() {
    return known.size() >= MANY;
  }

  /** Returns the errors in a visitor's language. */
  public FormProblems wrong(Words words) {
    Map<String, String> said =
        wanted().isEmpty() ? Map.of("eventTypes", words.text("form.types-missing")) : Map.of();
    FormProblems found = FormProblems.of(problems, words, said).inOrder();
    return wanted().isEmpty() ? found.moved("types", "type-group") : found;
  }

  /** Returns whether a type in the list is chosen. */
  public boolean isChosen(String type) {
    return wanted().contains(type);
  }

  /** Returns the other types and the patterns, separated by spaces. */
  public String others() {
    List<String> offered =
        Stream.concat(known.stream().map(TypeLine::type), groups().stream().map(TypeGroup::pattern))
            .toList();
    return wanted().stream()
        .filter(type -> !type.equals(ALL) && !offered.contains(type))
        .collect(Collectors.joining(" "));
  }

  /** Returns whether there are custom headers or one of them has an error. */
  public boolean hasHeaders() {
    return !headers.isBlank() || isWrong("headers");
  }

  /** Returns whether there is a filter, it has an error, or a row was just added to it. */
  public boolean isFiltered() {
    boolean isRowAdded = problems.isEmpty() && !filter.rows().isEmpty();
    return !filter.isEmpty() || isRowAdded || isWrong("filter");
  }

  /** Returns whether the typed headers differ from stored ones, whose secret values are masked. */
  public boolean hasOtherHeaders(Map<String, String> stored) {
    return !KeyValueLines.headers(HEADERS, headers).equals(stored);
  }

  private boolean isWrong(String field) {
    return problems.stream().anyMatch(problem -> problem.field().startsWith(field));
  }

  /** Returns the text that stands for a stored secret value. */
  public String mask() {
    return SettingsByName.MASK;
  }

  /**
   * Tests the filter on the newest events of the typed types.
   *
   * @return empty if there is none
   * @throws dev.hookferry.refusal.InvalidException if the filter or a type cannot be parsed
   */
  public Optional<FilterResult> tried(PortalAccess access, Words words) {
    String text = filter.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Filter read = Filter.parse(text);
    List<EventTypeFilter> chosen = wanted().stream().map(EventTypeFilter::new).toList();
    List<EventTypeFilter> types = chosen.isEmpty() ? List.of(new EventTypeFilter(ALL)) : chosen;
    return Optional.of(FilterResult.of(read, types, access, words));
  }

  /**
   * Returns the settings in the form.
   *
   * @throws dev.hookferry.refusal.InvalidException if a field cannot be parsed, with the problems
   *     of all fields
   */
  public EndpointSpec asked() {
    FieldValues plain =
        FieldValues.NONE
            .with(EndpointFields.URL, url)
            .with(EndpointFields.EVENT_TYPES, wanted())
            .with(EndpointFields.DESCRIPTION, description);
    return EndpointSpec.of(
        new FormReader(plain)
            .with(all -> all.with(EndpointFields.HEADERS, readable()))
            .with(this::withHeaders)
            .with(this::withFilter)
            .checked(EndpointRules::check));
  }

  private FieldValues withHeaders(FieldValues values) {
    return values.with(EndpointFields.HEADERS, KeyValueLines.headers(HEADERS, headers));
  }

  /** Returns the headers in those lines that are valid header lines. */
  private Map<String, String> readable() {
    String lines =
        headers.lines().filter(line -> line.indexOf(':') > 0).collect(Collectors.joining("\n"));
    Map<String, String> read = new LinkedHashMap<>();
    lines.lines().forEach(line -> read.putAll(KeyValueLines.headers(HEADERS, line)));
    return read;
  }

  /** Returns a specification with only the URL. It is always rejected because it has no types. */
  public EndpointSpec urlAlone() {
    return EndpointSpec.of(
        FieldValues.NONE.with(EndpointFields.URL, url).with(EndpointFields.EVENT_TYPES, List.of()));
  }

  private FieldValues withFilter(FieldValues values) {
    String text = filter.text();
    if (text.isEmpty()) {
      return isNew ? values : values.withReset(EndpointFields.FILTER);
    }
    return values.with(EndpointFields.FILTER, Filter.parse(text));
  }
}
