package dev.hookferry.engine.owned;

import dev.hookferry.engine.effect.Effects;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Owner;

/**
 * Keeps this node alive as an owner in the store, one call at a time. A node that was declared dead
 * registers as a new owner. So does one whose engine failed partway: it first retires, because
 * deliveries that it lost track of would wait forever.
 */
public final class OwnerLease {
  private final Effects effects;
  private boolean isAsking;
  private boolean hasLostTrack;

  /** Creates the lease of a registered owner. */
  public OwnerLease(Effects effects) {
    this.effects = effects;
  }

  /** Sends a heartbeat unless the reply to the last one is still missing. */
  public void beat() {
    if (!isAsking) {
      isAsking = true;
      effects.heartbeat(hasLostTrack);
    }
  }

  /**
   * Handles the reply to a heartbeat.
   *
   * @return whether deliveries of dead nodes are free
   */
  public boolean heard(Heartbeat beat) {
    if (!beat.alive()) {
      effects.register();
      return false;
    }
    isAsking = false;
    return beat.recovered() > 0;
  }

  /** Handles a failed heartbeat or registration; the next heartbeat tries again. */
  public void failed() {
    isAsking = false;
  }

  /** Commits, claims and sends heartbeats as another owner from now on. */
  public void registered(Owner owner) {
    isAsking = false;
    hasLostTrack = false;
    effects.own(owner);
  }

  /**
   * Makes each heartbeat give up everything that this node owns, until it has registered as a new
   * owner.
   */
  public void loseTrack() {
    hasLostTrack = true;
  }
}
