package dev.hookferry.internal.publish;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.catalog.SchemaIndex;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builder of the events of one call according to a configuration: validates submitted events, wraps
 * their data in the site's envelope, and resolves their options. A repeat of an accepted event
 * keeps the original options, even if endpoints or schemas have changed since.
 */
public final class EventFactory {
  /** Maximum size of an event's data in bytes. */
  public static final int MAX_DATA = 1 << 20;

  private final CoreServices services;
  private final SiteId site;

  /** The original options of repeated events, by position in the call. */
  private final Map<Integer, EventOptions> repeats = new HashMap<>();

  /** Number of events that a schema refused in the last build. */
  private int refusedBySchema;

  EventFactory(CoreServices services, SiteId site) {
    this.services = services;
    this.site = site;
  }

  /**
   * An event that can be rebuilt according to another configuration.
   *
   * @param bare the submitted event without its data
   * @param size the size of its data in bytes
   * @param checked the result of its schema check, or null if there was none
   */
  record BuiltEvent(Event event, NewEvent bare, int size, SchemaIndex.@Nullable Checked checked) {
    private static BuiltEvent of(
        Event event, NewEvent from, SchemaIndex.@Nullable Checked checked) {
      return new BuiltEvent(event, from.data(Payload.empty()), from.data().size(), checked);
    }

    NewEvent again() {
      return bare.data(Envelope.dataOf(event.payload(), size));
    }
  }

  /**
   * Builds the events.
   *
   * @throws RefusedException with all problems of the events
   */
  List<BuiltEvent> build(Config config, List<NewEvent> events) {
    services.requireKey(config);
    Site current = ConfigHolder.site(config, site);
    Problems problems = new Problems();
    Instant now = services.clock().instant();
    OptionsResolver options = new OptionsResolver(services.cipher(), config, current);
    List<BuiltEvent> all = new ArrayList<>(events.size());
    refusedBySchema = 0;
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = events.get(i);
      EventOptions accepted = repeats.get(i);
      String field = events.size() == 1 ? "" : "[" + i + "]";
      BuiltEvent built =
          problems.collect(field, () -> build(config, options, event, now, accepted));
      if (built != null) {
        all.add(built);
      }
    }
    problems.throwIfAny();
    return all;
  }

  private BuiltEvent build(
      Config config,
      OptionsResolver resolver,
      NewEvent event,
      Instant now,
      @Nullable EventOptions accepted) {
    Site current = ConfigHolder.site(config, site);
    SiteSettings settings = current.settings();
    EventType type = event.type();
    if (accepted == null && !settings.catalog().accepts(type)) {
      EventCatalog catalog = settings.catalog();
      throw InvalidException.of(
          "type", catalog.unknownTypeMessage(type), catalog.unknownType(type));
    }
    if (event.data().size() > MAX_DATA) {
      throw InvalidException.of("data", "must be at most " + MAX_DATA + " bytes");
    }
    Instant at = event.time(now).truncatedTo(ChronoUnit.MILLIS);
    Envelope envelope = settings.envelope();
    Payload payload = envelope.wrap(type, at, event.data());
    EventId id = event.id() == null ? EventId.of(services.ids().next(now)) : event.id();
    EventOptions options = accepted == null ? resolver.resolve(event, now) : accepted;
    SchemaIndex.Checked checked = null;
    if (accepted == null) {
      checked = checked(config, event);
      options = completed(settings, event, options, checked);
    }
    if (envelope.style() == Envelope.Style.RAW && Envelope.looksWrapped(type, at, payload)) {
      options = options.asUnwrapped();
    }
    // All events share the site's id object, whose hash is computed only once.
    Event built =
        new Event(id, current.id(), type, at, now, payload, resolver.idempotence(event), options);
    return BuiltEvent.of(built, event, checked);
  }

  /** Checks the data of a new event against its schema. */
  private SchemaIndex.@Nullable Checked checked(Config config, NewEvent event) {
    try {
      return services.process().schemas().check(config, site, event.type(), event.data());
    } catch (InvalidException e) {
      refusedBySchema++;
      throw e;
    }
  }

  /**
   * Adds a schema problem, if any, and the values of the search fields to a new event's options.
   */
  private static EventOptions completed(
      SiteSettings settings,
      NewEvent event,
      EventOptions options,
      SchemaIndex.@Nullable Checked checked) {
    String violation = checked == null ? null : checked.mark();
    EventOptions marked = violation == null ? options : options.withSchemaProblem(violation);
    return marked.withSearchFields(settings.searchFields().valuesOf(event.data()));
  }

  /** Counts the schema checks of newly accepted events, but not those of repeats. */
  static void countAccepted(List<BuiltEvent> built, List<Receipt> receipts) {
    for (int i = 0; i < built.size(); i++) {
      SchemaIndex.Checked checked = built.get(i).checked();
      if (checked != null && !receipts.get(i).repeated()) {
        checked.count();
      }
    }
  }

  /** Counts the events that a schema refused in the last build, and returns the given refusal. */
  RefusedException counted(RefusedException refusal) {
    services.process().schemas().countRefused(refusedBySchema);
    return refusal;
  }

  /** Returns whether any of these refused events may repeat an accepted one. */
  boolean mayRepeat(Config config, List<NewEvent> events) {
    return events.stream().anyMatch(event -> mayRepeat(config, event));
  }

  /**
   * Returns whether the event may be a repeat that endpoints, the catalogue or a schema refuse now
   * although it was accepted before.
   */
  private boolean mayRepeat(Config config, NewEvent event) {
    return (event.id() != null || event.idempotencyKey() != null)
        && (!event.to().isEmpty() || mayBeRefused(config, event));
  }

  /** Returns whether the catalogue or a schema could refuse a new event of this type. */
  private boolean mayBeRefused(Config config, NewEvent event) {
    EventTypeDefinition definition = config.typeInForce(site, event.type());
    return (definition != null && definition.isChecked())
        || !ConfigHolder.site(config, site).settings().catalog().accepts(event.type());
  }

  /**
   * Searches for accepted events that these repeat, until a search finds any. Blocks.
   *
   * @return whether this call found any; they take effect when the events are built again
   */
  boolean findRepeats(Config config, List<NewEvent> events) {
    Site current = config.sites().get(site);
    if (current == null || !repeats.isEmpty()) {
      return false;
    }
    OptionsResolver resolver = new OptionsResolver(services.cipher(), config, current);
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = events.get(i);
      boolean changed = !resolver.isAddressable(event) || mayBeRefused(config, event);
      Event accepted = mayRepeat(config, event) && changed ? accepted(event) : null;
      if (accepted != null
          && accepted.idempotence() != null
          && accepted.idempotence().hasSameContent(resolver.idempotence(event))) {
        repeats.put(i, accepted.options());
      }
    }
    return !repeats.isEmpty();
  }

  private @Nullable Event accepted(NewEvent event) {
    EventId id = event.id();
    String key = event.idempotencyKey();
    Event found = id == null ? null : services.store().log().event(site, id).orElse(null);
    return found == null && key != null
        ? services.store().log().eventByKey(site, key).orElse(null)
        : found;
  }
}
