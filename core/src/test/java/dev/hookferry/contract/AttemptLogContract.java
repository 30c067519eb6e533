package dev.hookferry.contract;

import dev.hookferry.store.AttemptLog;

/** Everything that {@link AttemptLog} promises of a single opening. */
public interface AttemptLogContract
    extends LogContract, FilterContract, PagingContract, RevivalContract, ForgetContract {}
