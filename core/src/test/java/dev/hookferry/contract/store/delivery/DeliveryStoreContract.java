package dev.hookferry.contract.store.delivery;

import dev.hookferry.store.DeliveryStore;

/** Everything that {@link DeliveryStore} promises of a single opening. */
public interface DeliveryStoreContract
    extends PublishContract,
        OutdatedRoutingContract,
        RejectionContract,
        IdempotencyContract,
        ClaimContract,
        ComputedRoomContract,
        ResultContract,
        CommandContract,
        DeliverCommandContract,
        OrderContract,
        BlockedKeyContract,
        OrphanedEndpointContract,
        OwnershipContract,
        SuspicionContract,
        ConcurrencyContract,
        OrderConcurrencyContract {}
