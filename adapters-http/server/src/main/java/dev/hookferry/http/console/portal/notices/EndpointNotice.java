package dev.hookferry.http.console.portal.notices;

import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.figures.BacklogPart;
import dev.hookferry.http.words.DisplayTime;
import java.util.List;

/**
 * A notice about an endpoint.
 *
 * @param endpoint the endpoint's id
 * @param tone CSS class: bad or wait
 * @param text the problem
 * @param next when the next attempt is made; empty if none is planned or the time is unknown
 * @param counts its deliveries that did not arrive, by state
 * @param failure the newest failure
 * @param help additional advice, or whom to ask
 * @param retry the text of the link that retries failed deliveries; empty if there are none
 * @param remedy the action that helps immediately
 * @param isEditable whether the visitor may change the endpoint and that may help
 */
public record EndpointNotice(
    String endpoint,
    String tone,
    TimedText text,
    DisplayTime next,
    List<BacklogPart> counts,
    NewestFailure failure,
    String help,
    String retry,
    Remedy remedy,
    boolean isEditable) {}
