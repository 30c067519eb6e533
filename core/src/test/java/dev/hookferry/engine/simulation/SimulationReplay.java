package dev.hookferry.engine.simulation;

/** Runs one seed in its own process, and prints a fingerprint of the run. */
final class SimulationReplay {
  private SimulationReplay() {}

  /** The seed is the first argument. */
  public static void main(String[] args) {
    System.out.println(fingerprint(Long.parseLong(args[0])));
  }

  /** A number that two runs share only if every request of the one came in the other too. */
  static int fingerprint(long seed) {
    Simulation simulation = new Simulation(seed);
    var unused = simulation.run();
    return simulation.receivers.arrived.hashCode();
  }
}
