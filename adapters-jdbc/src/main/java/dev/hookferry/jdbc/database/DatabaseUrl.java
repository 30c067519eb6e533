package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.SqlFault;
import java.sql.SQLException;

/** Masks passwords in database URLs before they are shown or logged. */
public final class DatabaseUrl {
  /** The text shown instead of a password. */
  public static final String MASK = "********";

  private DatabaseUrl() {}

  /**
   * Masks passwords in a URL, or in a string that contains one. Masks too much rather than too
   * little, since a password may contain any separator.
   */
  public static String masked(String text) {
    return text.replaceAll(
            "(?i)((?:^|[?&;])[a-z]*(?:pass|pwd|secret|token)[a-z]*=).*?(?=$|[&;][a-z0-9_.-]+=)",
            "$1" + MASK)
        .replaceAll("(?i)(jdbc:oracle:[a-z]+:[^/@:?]*)/.*@", "$1/" + MASK + "@")
        .replaceAll("//([^/@:?]*):(?:(?!\\?[\\w.-]+=).)*@", "//$1:" + MASK + "@")
        .replaceAll("(:[^/@:?]+)/[^/@:?]*@", "$1/" + MASK + "@");
  }

  /** Returns host and database of a URL, without anything that could be a credential. */
  public static String place(String url) {
    return masked(url)
        .replaceFirst("[?;].*", "")
        .replaceFirst("//.*@", "//")
        .replaceFirst(":[^/@:?]*/\\*+@", ":@");
  }

  /**
   * Returns a driver's connection failure in a form that is safe to show: drivers, and {@link
   * java.sql.DriverManager} if there is none, tend to repeat the whole URL.
   *
   * @param url the URL that the driver was given
   */
  public static SQLException shown(SQLException thrown, String url) {
    if (SqlFault.isNoDriver(thrown)) {
      return new SQLException(
          "no driver on the class path accepts " + place(url), thrown.getSQLState());
    }
    String message = String.valueOf(thrown.getMessage());
    String clean = masked(message.replace(url, place(url)));
    // Not passed as the cause, which would show the message.
    return clean.equals(message)
        ? thrown
        : new SQLException(clean, thrown.getSQLState(), thrown.getErrorCode());
  }
}
