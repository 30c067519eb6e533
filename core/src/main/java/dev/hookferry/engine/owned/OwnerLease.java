package dev.hookferry.engine.owned;

import dev.hookferry.engine.effect.Effects;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Owner;

/**
 * Lease of this node as an owner in the store, kept by heartbeats, one call at a time. A node that
 * was declared dead registers as a new owner. So does one whose engine threw an exception: it
 * retires first, because deliveries that it lost track of would otherwise wait forever.
 */
public final class OwnerLease {
  private final Effects effects;
  private boolean isAsking;
  private boolean hasLostTrack;

  /** Creates the lease of a registered owner. */
  public OwnerLease(Effects effects) {
    this.effects = effects;
  }

  /** Sends a heartbeat unless the reply to the last one is pending. */
  public void beat() {
    if (!isAsking) {
      isAsking = true;
      effects.heartbeat(hasLostTrack);
    }
  }

  /**
   * Handles the reply to a heartbeat.
   *
   * @return whether deliveries of dead nodes were released and can be claimed
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

  /** Switches to a new owner for all later commits, claims and heartbeats. */
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
