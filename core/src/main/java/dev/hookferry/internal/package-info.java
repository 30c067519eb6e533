/** Shared by the facades: validation, audit recording, incident follow-up. Not part of the API. */
@NullMarked
package dev.hookferry.internal;

import org.jspecify.annotations.NullMarked;
