package dev.hookferry.http.wire;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.PairRules;
import dev.hookferry.event.SearchFields;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.query.TypeScope;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request. Problems are collected while parameters are read, and thrown
 * together by {@link #check}. Not thread-safe.
 */
public final class QueryParameters {
  /** The parameters that may be given several times. */
  private static final Set<String> REPEATED =
      Set.of(
          QueryFields.LABEL.name(),
          QueryFields.FIELD.name(),
          QueryFields.OUTCOME.name(),
          QueryFields.STATUS.name(),
          QueryFields.TYPE.name());

  /** The parameters whose values may contain spaces, which many clients write as a plus sign. */
  private static final Set<String> TEXTS =
      Set.of(QueryFields.LABEL.name(), QueryFields.FIELD.name());

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final Problems problems = new Problems();
  private boolean impossible;

  /**
   * Parses a query string.
   *
   * @param raw the raw query, without the question mark
   * @param known the parameters that the call accepts
   */
  public QueryParameters(String raw, Set<String> known) {
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String encoded = equals < 0 ? pair : pair.substring(0, equals);
      String name = PercentEncoding.decoded(encoded).orElse(encoded);
      String given = equals < 0 ? "" : pair.substring(equals + 1);
      Optional<String> value =
          PercentEncoding.decoded(TEXTS.contains(name) ? given.replace('+', ' ') : given);
      if (!known.contains(name)) {
        problems.add(UnknownField.ofParameter(name, known));
      } else if (value.isEmpty()) {
        problems.add(name, "must be percent-encoded UTF-8");
      } else if (REPEATED.contains(name)) {
        lists.computeIfAbsent(name, n -> new ArrayList<>()).add(value.get());
      } else if (values.put(name, value.get()) != null) {
        problems.add(name, "is given twice");
      }
    }
  }

  /** Returns the requested page of a list: {@code limit} and {@code cursor}. */
  public PageRequest page() {
    Integer limit = number(QueryFields.LIMIT);
    String cursor = values.get(QueryFields.CURSOR.name());
    return PageRequest.of(limit == null ? PageRequest.FIRST.limit() : limit).after(cursor);
  }

  /** Returns the time window: {@code since} and {@code until}. */
  public TimeWindow window() {
    Function<String, Optional<Instant>> time = Times::parse;
    Instant since = word(QueryFields.SINCE.name(), time, Times.FORM);
    Instant until = word(QueryFields.UNTIL.name(), time, Times.FORM);
    TimeWindow window = problems.collect("", () -> TimeWindow.ALL.since(since).until(until));
    return window == null ? TimeWindow.ALL : window;
  }

  /** Returns a whole number within the bounds of its field, or null if the parameter is absent. */
  public @Nullable Integer number(FieldSpec<Integer> field) {
    return word(
        field.name(),
        text ->
            text.matches("[0-9]{1,9}")
                ? Optional.of(Integer.valueOf(text)).filter(field.kind()::allows)
                : Optional.empty(),
        field.kind().rule());
  }

  /** Returns the first digit of the status class, or null if none is given. */
  public @Nullable Integer statusClass() {
    FieldKind<String> kind = QueryFields.STATUS_CLASS.kind();
    return word(
        QueryFields.STATUS_CLASS.name(),
        text -> kind.allows(text) ? Optional.of(text.charAt(0) - '0') : Optional.empty(),
        kind.rule());
  }

  /** Returns one of a set of words, or null if the parameter is absent. */
  public <T> @Nullable T word(String name, Function<String, Optional<T>> read, String form) {
    String text = values.get(name);
    Optional<T> value = text == null ? Optional.empty() : read.apply(text);
    problems.require(text == null || value.isPresent(), name, form);
    return value.orElse(null);
  }

  /** Returns the value for one of these words, or null if the parameter is absent. */
  public <T> @Nullable T choice(String name, Function<String, Optional<T>> read, ChoiceKind words) {
    String text = values.get(name);
    return text == null ? null : known(name, text, read, words, words.rule());
  }

  private <T> @Nullable T known(
      String name, String text, Function<String, Optional<T>> read, ChoiceKind words, String rule) {
    Optional<T> value = read.apply(text);
    if (value.isEmpty()) {
      problems.add(KindWords.problem(name, rule, text, words));
    }
    return value.orElse(null);
  }

  /** Returns an id, or null if the parameter is absent. */
  public <T> @Nullable T id(String name, Function<String, T> parse) {
    String text = values.get(name);
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      Problem problem = e.problems().get(0);
      problems.add(new Problem(name, problem.reason(), problem.unknown()));
      return null;
    }
  }

  /** Returns the labels that events must have, by name; each is given as name:value. */
  public Map<String, String> labels() {
    Map<String, String> read = pairs(QueryFields.LABEL, PairRules.LABELS::allowsName);
    PairRules.LABELS.check(problems, QueryFields.LABEL.name(), read);
    return problems.isEmpty() ? read : Map.of();
  }

  /** Returns the values that fields of events must have, by name; each is given as name:value. */
  public Map<String, String> fields() {
    Map<String, String> read = pairs(QueryFields.FIELD, SearchFields::isName);
    problems.require(
        read.size() <= SearchFields.MAX,
        QueryFields.FIELD.name(),
        "must name at most " + SearchFields.MAX + " fields");
    return problems.isEmpty() ? read : Map.of();
  }

  private Map<String, String> pairs(
      FieldSpec<List<String>> parameter, Predicate<String> allowsName) {
    Map<String, String> read = new HashMap<>();
    for (String pair : texts(parameter)) {
      int colon = pair.indexOf(':');
      boolean isPair = colon > 0 && allowsName.test(pair.substring(0, colon));
      problems.require(isPair, parameter.name(), "must be name:value");
      if (isPair && read.put(pair.substring(0, colon), pair.substring(colon + 1)) != null) {
        problems.add(parameter.name(), "must not repeat a name");
      }
    }
    return read;
  }

  /**
   * Returns the event types; all if none is given, if {@code *} is among them, or if none of them
   * is possible.
   */
  public TypeScope types() {
    List<String> texts = texts(QueryFields.TYPE);
    problems.require(
        texts.size() <= QueryFields.MAX_TYPES,
        QueryFields.TYPE.name(),
        "must be given " + QueryFields.MAX_TYPES + " times at most");
    Set<EventTypeFilter> types = new HashSet<>();
    for (String text : texts) {
      try {
        types.add(new EventTypeFilter(text));
      } catch (InvalidException e) {
        // No event has such a type, so it adds nothing to the others.
      }
    }
    if (texts.contains("*")) {
      return TypeScope.ALL;
    }
    impossible = types.isEmpty() && !texts.isEmpty();
    return TypeScope.matching(types);
  }

  /** Returns the values of a parameter that may be repeated, each one of a set of words. */
  private <T> Set<T> words(
      FieldSpec<List<String>> field, Function<String, Optional<T>> read, ChoiceKind words) {
    Set<T> all = new HashSet<>();
    for (String text : texts(field)) {
      String rule = words.rule() + " (got " + CallerText.text(text) + ")";
      T value = known(field.name(), text, read, words, rule);
      if (value != null) {
        all.add(value);
      }
    }
    return all;
  }

  /** Returns the delivery states to filter by; empty if no status is given. */
  public Set<DeliveryState> states() {
    Set<DeliveryState> all = EnumSet.noneOf(DeliveryState.class);
    words(QueryFields.STATUS, QueryFields::states, QueryFields.STATUSES).forEach(all::addAll);
    return all;
  }

  /** Returns the outcomes to filter by; empty if none is given. */
  public Set<OutcomeKind> outcomes() {
    Set<OutcomeKind> all = EnumSet.noneOf(OutcomeKind.class);
    words(QueryFields.OUTCOME, QueryFields::outcomes, QueryFields.OUTCOMES).forEach(all::addAll);
    return all;
  }

  private List<String> texts(FieldSpec<List<String>> field) {
    return lists.getOrDefault(field.name(), List.of());
  }

  /**
   * Returns whether the request filters only by event types that no event can have, so that nothing
   * matches.
   */
  public boolean isImpossible() {
    return impossible;
  }

  /**
   * Throws if a parameter was invalid or unknown.
   *
   * @throws InvalidException with all problems
   */
  public void check() {
    problems.throwIfAny();
  }

  /** Returns the names of the parameters that every list accepts, and these. */
  public static Set<String> names(String... own) {
    List<String> all = new ArrayList<>(List.of(own));
    all.addAll(List.of("limit", "cursor"));
    return Set.copyOf(all);
  }
}
