/**
 * Contract tests of {@link dev.hookferry.store.ConfigStore}: changes, what other nodes see of them,
 * and sealed secrets.
 */
@NullMarked
package dev.hookferry.contract.store.config;

import org.jspecify.annotations.NullMarked;
