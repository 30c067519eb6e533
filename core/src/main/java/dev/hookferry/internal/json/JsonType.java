package dev.hookferry.internal.json;

/** The type of a JSON value. */
public enum JsonType {
  /** No value, because the path does not exist. */
  MISSING,
  NULL,
  TRUE,
  FALSE,
  NUMBER,
  TEXT,
  OBJECT,
  ARRAY;

  /** Returns the type of a value that begins with this byte. */
  public static JsonType of(int first) {
    return switch (first) {
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case '"' -> TEXT;
      case 't' -> TRUE;
      case 'f' -> FALSE;
      case 'n' -> NULL;
      default -> NUMBER;
    };
  }
}
