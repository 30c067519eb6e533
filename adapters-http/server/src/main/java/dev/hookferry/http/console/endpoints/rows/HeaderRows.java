package dev.hookferry.http.console.endpoints.rows;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.SettingsByName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The custom headers in an endpoint's form. */
public record HeaderRows(List<Row> rows) {
  /** A form without headers. */
  public static final HeaderRows NONE = new HeaderRows(List.of());

  private static final String KIND = "header";
  private static final String FIELD = EndpointFields.HEADERS.name();

  public HeaderRows {
    rows = List.copyOf(rows);
  }

  /**
   * A header.
   *
   * @param name its name, as typed
   * @param value its value, as typed; empty to keep a stored secret value
   * @param secret whether it is marked as secret
   * @param kept the header whose stored secret value is kept unless a new value is typed; empty if
   *     none
   */
  public record Row(String name, String value, boolean secret, String kept) {
    static final Row BLANK = new Row("", "", false, "");

    /** Returns whether the header's name alone makes its value secret. */
    public boolean isAutomatic() {
      return CustomHeader.suggestsCredential(name);
    }

    /** Returns whether the value must not be shown. */
    public boolean isHidden() {
      return secret || isAutomatic();
    }

    private boolean isBlank() {
      return name.isEmpty() && value.isEmpty();
    }

    /** Returns the value for the facade; the mask if the stored value is kept. */
    private String meant() {
      if (!value.isEmpty() || kept.isEmpty()) {
        return value;
      }
      if (!name.equalsIgnoreCase(kept)) {
        throw InvalidException.of(
            FIELD, "must have a value for " + name + ": the stored value belongs to " + kept);
      }
      if (!isHidden()) {
        throw InvalidException.of(
            FIELD, "must have a value for " + name + ": enter it again so that it can be shown");
      }
      return SettingsByName.MASK;
    }
  }

  /**
   * Returns the rows of an endpoint.
   *
   * @param headers its displayable headers, by name
   */
  public static HeaderRows of(Endpoint endpoint, Map<String, String> headers) {
    Set<String> marked =
        endpoint.headers().stream()
            .filter(CustomHeader::markedSecret)
            .map(CustomHeader::name)
            .collect(Collectors.toSet());
    return new HeaderRows(
        headers.entrySet().stream()
            .map(header -> row(header.getKey(), header.getValue(), marked))
            .toList());
  }

  private static Row row(String name, String value, Set<String> marked) {
    boolean isMasked = value.equals(SettingsByName.MASK);
    return new Row(name, isMasked ? "" : value, marked.contains(name), isMasked ? name : "");
  }

  /** Returns the rows that a browser submitted. */
  public static HeaderRows of(FormValues form) {
    return new HeaderRows(
        FormRows.of(
            form,
            KIND,
            number ->
                new Row(
                    form.text("header-name-" + number),
                    form.text("header-value-" + number),
                    form.has("header-secret-" + number),
                    form.text("header-kept-" + number)),
            Row.BLANK));
  }

  /** Returns the rows to show: a blank one to type into if there are none. */
  public List<Row> shown() {
    return FormRows.shown(rows, Row.BLANK);
  }

  /** Returns whether no header is typed. */
  public boolean isEmpty() {
    return filled().isEmpty();
  }

  private List<Row> filled() {
    return rows.stream().filter(row -> !row.isBlank()).toList();
  }

  /**
   * Adds the headers to a specification. Rows without name and value are ignored.
   *
   * @throws InvalidException if a row has no name, a name occurs twice, or a value is missing
   */
  public FieldValues addTo(FieldValues values) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Row row : filled()) {
      if (row.name().isEmpty()) {
        throw InvalidException.of(FIELD, "must have a name for each value");
      }
      if (pairs.put(row.name(), row.meant()) != null) {
        throw InvalidException.of(FIELD, "must not have " + row.name() + " twice");
      }
    }
    return values
        .with(EndpointFields.HEADERS, pairs)
        .with(
            EndpointFields.SECRET_HEADERS,
            filled().stream().filter(Row::secret).map(Row::name).toList());
  }
}
