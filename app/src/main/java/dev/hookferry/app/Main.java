package dev.hookferry.app;

/** Where {@code java -jar hookferry.jar} begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("hookferry " + Version.text());
  }
}
