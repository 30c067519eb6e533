package dev.hookferry.contract.store.log;

import dev.hookferry.store.AttemptLog;

/** Everything that {@link AttemptLog} promises of a single opening. */
public interface AttemptLogContract
    extends LogContract,
        FilterContract,
        EventOptionsContract,
        SearchFieldsContract,
        PagingContract,
        RevivalContract,
        PurgeContract,
        StorableTimesContract {}
