package dev.hookferry.architecture.offence.event;

/** Waits for nothing in particular. */
public final class Sleeps {
  public void nap() throws InterruptedException {
    Thread.sleep(1);
  }
}
