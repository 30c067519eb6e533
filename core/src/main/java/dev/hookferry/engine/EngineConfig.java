package dev.hookferry.engine;

import dev.hookferry.id.IdSource;
import dev.hookferry.observe.LoadLimits;
import java.util.random.RandomGenerator;

/**
 * Configuration of an engine.
 *
 * @param limits limits on what the node holds in memory
 * @param ids source of delivery and attempt ids
 * @param chance source of randomness for back-off and probes; only the engine's thread draws from
 *     it
 * @param parallelCommits maximum number of parallel commits, at least 1
 * @param shared whether other nodes use the same store
 */
public record EngineConfig(
    LoadLimits limits, IdSource ids, RandomGenerator chance, int parallelCommits, boolean shared) {}
