package dev.hookferry.http.console.site;

import dev.hookferry.Webhooks;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.GroupKind;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.LastChange;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.theme.AccentColours;
import dev.hookferry.http.console.theme.PortalTheme;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.SiteSettingFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Page of all settings of a site; the fields come from the field table. */
public final class SettingsPage {
  private static final String ACCENT = "portal.theme.accent";

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public SettingsPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * A setting in the form.
   *
   * @param name its name, or its path in a group such as {@code portal.theme.accent}
   * @param value as text; a list has one item per line
   * @param choices the options; empty unless it is a choice
   * @param wrong the error in the input; may be empty
   * @param advice a remark about its value; may be empty
   * @param help its meaning and its default
   */
  public record Row(
      String name,
      FieldSpec<?> field,
      String value,
      List<String> choices,
      String wrong,
      String advice,
      String help) {
    /** Returns the name of the top-level setting: its own, or that of its group. */
    public String setting() {
      return name.split("\\.", -1)[0];
    }

    /** Returns the display name. */
    public String title() {
      return SettingLabels.title(name);
    }

    /** Returns how it is entered: flag, choice, list, number, secret or text. */
    public String kind() {
      if (field.isSecret()) {
        return "secret";
      }
      return SettingInput.of(field).control();
    }

    /** Returns the label of the checkbox. */
    public String box() {
      return SettingHints.box(name);
    }

    /** Returns the height of a list in lines: one more than it has, from 3 to 10. */
    public int lines() {
      return Math.max(3, Math.min(10, (int) value.lines().count() + 1));
    }

    /** Returns the unit or examples of the value; may be empty. */
    public String unit() {
      return SettingHints.unit(name);
    }

    /** Returns whether it differs from its default, or the input is wrong. */
    boolean isSet() {
      return !wrong.isEmpty() || !(value.isEmpty() || value.equals(field.fallback()));
    }
  }

  /**
   * Settings under one heading.
   *
   * @param id its anchor
   * @param title the heading
   * @param help their purpose
   * @param isShown whether it is shown; if not, it appears once the envelope is QLM's
   */
  public record Section(String id, String title, String help, List<Row> rows, boolean isShown) {}

  /**
   * Content of the page.
   *
   * @param undo the change that the form undoes, or null
   * @param changed the last change, or null
   */
  public record View(
      List<Section> sections,
      List<Problem> problems,
      @Nullable SettingsUndo undo,
      @Nullable LastChange changed) {
    /** Returns whether the form shows the stored values. */
    public boolean isStored() {
      return problems.isEmpty() && undo == null;
    }
  }

  /** Shows the settings; the query may have the time of a change to undo. */
  public ConsoleReply show(Visit visit) {
    Map<String, Object> current = webhooks.settings().byName(visit.site());
    Map<String, String> values = new LinkedHashMap<>();
    all().forEach((name, field) -> values.put(name, text(current, name)));
    String time = visit.query().text("undo");
    boolean isUndo = !time.isEmpty() && LastChange.mayRead(visit);
    SettingsUndo undo = isUndo ? SettingsUndo.of(visit, time, current) : null;
    if (isUndo && undo == null) {
      return visit.refused(visit.path("/settings"), "The audit log has no such change.");
    }
    if (undo != null) {
      values.putAll(undo.values());
    }
    return page(visit, values, List.of(), undo);
  }

  /** Saves all changes, or none. */
  public ConsoleReply save(Visit visit) {
    FormValues form = visit.form();
    Map<String, String> typed = new LinkedHashMap<>();
    all()
        .forEach(
            (name, field) -> typed.put(name, SettingInput.shown(name, form.raw(name).strip())));
    try {
      Map<String, Object> changes = new LinkedHashMap<>();
      Problems problems = new Problems();
      all()
          .forEach(
              (name, field) -> {
                String text = typed.getOrDefault(name, "");
                Object value = problems.collect("", () -> SettingInput.of(field).value(name, text));
                if (value != null) {
                  put(changes, name, value);
                }
              });
      problems.throwIfAny();
      Map<String, Object> before = webhooks.settings().byName(visit.site());
      var unused = visit.webhooks().settings().changeByName(visit.site(), changes);
      return saved(visit, changed(before, webhooks.settings().byName(visit.site()), typed));
    } catch (InvalidException e) {
      return page(visit, typed, e.problems(), null);
    }
  }

  /** Returns the settings that the user changed, and any that changed with them, in page order. */
  private static List<String> changed(
      Map<String, Object> before, Map<String, Object> after, Map<String, String> typed) {
    List<String> changed = new ArrayList<>();
    all()
        .forEach(
            (name, field) -> {
              String typedText = typed.getOrDefault(name, "");
              if (!SettingInput.isSame(field, text(before, name), typedText)
                  || !text(before, name).equals(text(after, name))) {
                changed.add(name);
              }
            });
    return changed;
  }

  /** Returns to the section of the first change, with a link to the entry in the audit log. */
  private static ConsoleReply saved(Visit visit, List<String> changed) {
    if (changed.isEmpty()) {
      return visit.done(visit.path("/settings"), "The settings were saved.", "No changes.");
    }
    String path = visit.path("/settings") + "#" + SettingGroup.of(changed.get(0)).id();
    String text =
        "Changed: "
            + changed.stream().map(SettingLabels::title).collect(Collectors.joining(", "))
            + ".";
    LastChange change = LastChange.ofSettings(visit);
    return change == null
        ? visit.done(path, "The settings were saved.", text)
        : visit.done(path, "The settings were saved.", text, change.path(), "Audit entry");
  }

  private ConsoleReply page(
      Visit visit,
      Map<String, String> values,
      List<Problem> problems,
      @Nullable SettingsUndo undo) {
    List<Row> rows = new ArrayList<>();
    ServerPolicy server = webhooks.settings().ofServer();
    all().forEach((name, field) -> rows.add(row(name, field, values, problems, server)));
    Frame frame = frames.of(visit, Nav.SETTINGS, "Site settings");
    View view = new View(SettingGroup.sections(rows), problems, undo, LastChange.ofSettings(visit));
    return TemplateRenderer.page(
        problems.isEmpty() ? 200 : 400,
        (out, i) -> JteSiteSettingsGenerated.render(out, i, frame, view));
  }

  private static Row row(
      String name,
      FieldSpec<?> field,
      Map<String, String> values,
      List<Problem> problems,
      ServerPolicy server) {
    String value = SettingInput.shown(name, values.getOrDefault(name, ""));
    return new Row(
        name,
        field,
        value,
        SettingInput.of(field).choices(),
        wrong(name, field, problems),
        name.equals(ACCENT) ? advice(value) : "",
        SettingHints.of(name, field, server));
  }

  private static String wrong(String name, FieldSpec<?> field, List<Problem> problems) {
    return SettingInput.of(field).isNamed()
        ? problems.stream()
            .filter(problem -> (problem.field() + ".").startsWith(name + "."))
            .map(Problem::toString)
            .collect(Collectors.joining("; "))
        : FieldErrors.with(name, problems);
  }

  private static String advice(String accent) {
    return PortalTheme.colours(accent).stream()
        .map(AccentColours::advice)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** Returns all fields by name; a field of a group has its path as name. */
  static Map<String, FieldSpec<?>> all() {
    Map<String, FieldSpec<?>> all = new LinkedHashMap<>();
    collect("", SiteSettingFields.ALL, all);
    return all;
  }

  private static void collect(String group, FieldTable table, Map<String, FieldSpec<?>> all) {
    for (FieldSpec<?> field : table.fields()) {
      if (field.kind() instanceof GroupKind<?> inner) {
        collect(group + field.name() + ".", inner.table(), all);
      } else {
        all.put(group + field.name(), field);
      }
    }
  }

  /** Returns the value of a field, which may be in a group; null if there is none. */
  static @Nullable Object value(Map<?, ?> values, String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return values.get(name);
    }
    return values.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? value(inner, name.substring(dot + 1))
        : null;
  }

  private static String text(Map<?, ?> values, String name) {
    Object value = value(values, name);
    if (value instanceof Map<?, ?> named) {
      return MapSettingText.text(named);
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining("\n"))
        : value == null ? "" : SettingInput.shown(name, String.valueOf(value));
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> values, String name, Object value) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      values.put(name, value);
      return;
    }
    Object inner = values.computeIfAbsent(name.substring(0, dot), n -> new LinkedHashMap<>());
    put((Map<String, Object>) inner, name.substring(dot + 1), value);
  }
}
