/**
 * Commands about how endpoints are served: their filters and bodies, their blocked keys and their
 * problems. Endpoints are added and changed in {@code app.cli.client}.
 */
@NullMarked
package dev.hookferry.app.cli.endpoint;

import org.jspecify.annotations.NullMarked;
