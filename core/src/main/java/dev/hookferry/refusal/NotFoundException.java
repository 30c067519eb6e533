package dev.hookferry.refusal;

/** There is no such thing, or it belongs to another site: the two are not told apart. */
public final class NotFoundException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses a reference.
   *
   * @param kind the word for the thing, such as {@code endpoint}
   * @param id the id that was asked for
   */
  public NotFoundException(String kind, Object id) {
    super("there is no " + kind + " " + id);
  }
}
