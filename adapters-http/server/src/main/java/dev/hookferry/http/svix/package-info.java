/**
 * Compatibility layer for Svix's SDKs, whose calls it translates to {@link dev.hookferry.Webhooks}:
 * an application is a site, and a message is an event. It refuses whatever the rest of the API
 * refuses.
 */
@NullMarked
package dev.hookferry.http.svix;

import org.jspecify.annotations.NullMarked;
