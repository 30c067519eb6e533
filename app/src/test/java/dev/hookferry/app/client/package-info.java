/** Tests of the client of the HTTP API. */
@NullMarked
package dev.hookferry.app.client;

import org.jspecify.annotations.NullMarked;
