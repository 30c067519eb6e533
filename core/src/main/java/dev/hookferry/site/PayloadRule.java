package dev.hookferry.site;

import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.PortalSettings.PayloadView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rule for how much of a payload customers see in the portal.
 *
 * @param view whether everything, selected fields or nothing is shown
 * @param paths the paths shown if the view is {@code FIELDS}, such as {@code data.order}
 */
public record PayloadRule(PayloadView view, List<String> paths) {
  /** Shows everything. */
  public static final PayloadRule FULL = new PayloadRule(PayloadView.FULL, List.of());

  /** Shows nothing. */
  public static final PayloadRule NONE = new PayloadRule(PayloadView.NONE, List.of());

  static final int MAX_PATHS = 100;

  private static final String VIEW = "payload";
  private static final String PATHS = "payloadFields";
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){0,9}");

  public PayloadRule {
    Objects.requireNonNull(view, "view");
    Objects.requireNonNull(paths, "paths");
    paths = List.copyOf(paths);
  }

  /** Returns a rule that shows only these paths, such as {@code data.order}. */
  public static PayloadRule only(String... paths) {
    return new PayloadRule(PayloadView.FIELDS, NoNulls.in(paths, "paths"));
  }

  /** Returns whether the value at a path, such as {@code data.order.id}, is shown. */
  public boolean shows(String path) {
    Objects.requireNonNull(path, "path");
    return switch (view) {
      case FULL -> true;
      case FIELDS -> paths.stream().anyMatch(shown -> (path + ".").startsWith(shown + "."));
      case NONE -> false;
    };
  }

  /** Adds a problem for each malformed path, and one if there are too many paths. */
  void check(String prefix, Problems problems) {
    for (int i = 0; i < paths.size(); i++) {
      problems.require(
          PATH.matcher(paths.get(i)).matches(),
          prefix + PATHS + "[" + i + "]",
          "must be like data.order");
    }
    problems.require(
        paths.size() <= MAX_PATHS, prefix + PATHS, "must have at most " + MAX_PATHS + " entries");
  }

  /** Returns the rule as values by name. */
  Map<String, Object> read() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(VIEW, view.code());
    if (!paths.isEmpty()) {
      values.put(PATHS, paths);
    }
    return values;
  }

  /** Builds a rule from values by name, and adds any problems below a field. */
  static PayloadRule of(Object input, String field, Problems problems) {
    if (!(input instanceof Map<?, ?> map)) {
      problems.add(field, "must be an object such as {\"payload\":\"none\"}");
      return NONE;
    }
    String prefix = field + ".";
    for (Object name : map.keySet()) {
      problems.require(
          Set.of(VIEW, PATHS).contains(name),
          prefix + name,
          "is not a known field; the fields are payload and payloadFields");
    }
    PayloadView view = PayloadView.fromCode(map.get(VIEW)).orElse(null);
    problems.require(view != null, prefix + VIEW, "must be full, fields or none");
    List<String> paths = List.of();
    Object listed = map.get(PATHS);
    if (listed instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      paths = list.stream().map(String.class::cast).toList();
    } else {
      problems.require(listed == null, prefix + PATHS, "must be a list of strings");
    }
    PayloadRule rule = new PayloadRule(view == null ? PayloadView.NONE : view, paths);
    rule.check(prefix, problems);
    problems.require(
        view != PayloadView.FIELDS || !paths.isEmpty(),
        prefix + PATHS,
        "must name what is shown; to show nothing, set payload to none");
    return rule;
  }
}
