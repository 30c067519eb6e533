package dev.hookferry.refusal;

/** Thrown when an object does not exist or belongs to another site; callers cannot tell which. */
public final class NotFoundException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final UnknownName unknown;

  /**
   * Creates the exception.
   *
   * @param kind the kind of object, such as {@code endpoint}
   * @param id the requested id
   */
  public NotFoundException(String kind, Object id) {
    super("there is no " + kind + " " + id);
    unknown = UnknownName.of(kind.replace(' ', '_'), id.toString());
  }

  /** Returns the kind of object and the requested id. */
  public UnknownName unknown() {
    return unknown;
  }
}
