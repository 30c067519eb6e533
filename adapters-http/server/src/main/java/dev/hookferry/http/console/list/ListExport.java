package dev.hookferry.http.console.list;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.StreamedBody;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A streamed file of the entries that match a filter: CSV or JSON Lines, newest first, at most
 * {@value #MAX} entries.
 *
 * @param <T> the type of the entries
 */
public final class ListExport<T> {
  /** Maximum number of entries in a file. */
  public static final int MAX = 100_000;

  private final String name;
  private final Function<PageRequest, Page<T>> list;
  private final JsonOutput.Form<T> json;
  private final List<Column<T>> columns;

  /**
   * Describes the files of a list.
   *
   * @param name the name of the entries, for the file name
   * @param list reads a page of matching entries
   * @param json writes an entry as JSON
   * @param columns the columns of CSV
   */
  public ListExport(
      String name,
      Function<PageRequest, Page<T>> list,
      JsonOutput.Form<T> json,
      List<Column<T>> columns) {
    this.name = name;
    this.list = list;
    this.json = json;
    this.columns = columns;
  }

  /** A column of CSV. */
  public record Column<T>(String name, Function<T, @Nullable Object> value) {}

  /** Returns the file in the format that the URL requests: CSV unless it is {@code jsonl}. */
  public ConsoleReply file(Visit visit) {
    boolean isCsv = !visit.query().text("as").equals("jsonl");
    LocalDate day = LocalDate.ofInstant(visit.now(), ZoneOffset.UTC);
    String file = name + "-" + visit.site() + "-" + day + (isCsv ? ".csv" : ".jsonl");
    StreamedBody body =
        new StreamedBody() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            write(out, isCsv);
          }

          @Override
          public void close() {
            // The source holds nothing open.
          }
        };
    return ConsoleReply.download(
        isCsv ? "text/csv; charset=utf-8" : "application/jsonl",
        body,
        "attachment; filename=\"" + file + "\"");
  }

  private void write(OutputStream out, boolean isCsv) throws IOException {
    if (isCsv) {
      out.write(line(columns.stream().map(Column::name).toList()));
    }
    int written = 0;
    String cursor = null;
    do {
      int part = Math.min(PageRequest.MAX_LIMIT, MAX - written);
      Page<T> page = list.apply(PageRequest.of(part).after(cursor));
      for (T entry : page.data()) {
        out.write(isCsv ? csv(entry) : jsonLine(entry));
      }
      written += page.data().size();
      cursor = page.next();
    } while (cursor != null && written < MAX);
  }

  private byte[] jsonLine(T entry) {
    return (new String(JsonOutput.bytes(JsonOutput.one(json, entry)), StandardCharsets.UTF_8)
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] csv(T entry) {
    return line(
        columns.stream().map(column -> Objects.toString(column.value().apply(entry), "")).toList());
  }

  private static byte[] line(List<String> cells) {
    return (cells.stream().map(ListExport::cell).collect(Collectors.joining(",")) + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Quotes a cell, and keeps spreadsheets from interpreting text as a formula. */
  private static String cell(String text) {
    boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
