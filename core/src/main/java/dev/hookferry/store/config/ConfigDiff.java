package dev.hookferry.store.config;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.Objects;

/**
 * The resources that exist in only one of two configurations or have different values. Each list is
 * in id order.
 */
public record ConfigDiff(List<SiteId> sites, List<EndpointId> endpoints, List<KeyId> keys) {
  public ConfigDiff {
    Objects.requireNonNull(sites, "sites");
    Objects.requireNonNull(endpoints, "endpoints");
    Objects.requireNonNull(keys, "keys");
    sites = List.copyOf(sites);
    endpoints = List.copyOf(endpoints);
    keys = List.copyOf(keys);
  }
}
