package dev.hookferry.contract;

import dev.hookferry.store.DeliveryStore;

/** Everything that {@link DeliveryStore} promises of a single opening. */
public interface DeliveryStoreContract
    extends PublishContract,
        OutdatedContract,
        RejectionContract,
        RepeatContract,
        ClaimContract,
        ComputedRoomContract,
        ResultContract,
        CommandContract,
        DeliverContract,
        StrayContract,
        OwnershipContract,
        SuspicionContract,
        ThreadsContract {}
