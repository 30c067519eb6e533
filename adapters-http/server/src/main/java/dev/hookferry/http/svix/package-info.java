/**
 * The calls that Svix's SDKs make, translated to those of {@link dev.hookferry.Webhooks}: an
 * application is a site, a message an event. It has no rules of its own; what the rest of the API
 * refuses, it refuses, too.
 */
@NullMarked
package dev.hookferry.http.svix;

import org.jspecify.annotations.NullMarked;
