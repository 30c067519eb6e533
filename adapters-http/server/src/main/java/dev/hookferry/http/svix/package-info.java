/**
 * The calls that Svix's SDKs make, translated to those of {@link dev.hookferry.Webhooks}: an
 * application is a site, a message an event. It has no rules of its own; it refuses whatever the
 * rest of the API refuses.
 */
@NullMarked
package dev.hookferry.http.svix;

import org.jspecify.annotations.NullMarked;
