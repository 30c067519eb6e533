/**
 * Commands about how endpoints are served: their filters and bodies, their blocked keys and their
 * problems.
 */
@NullMarked
package dev.hookferry.app.cli.endpoint;

import org.jspecify.annotations.NullMarked;
