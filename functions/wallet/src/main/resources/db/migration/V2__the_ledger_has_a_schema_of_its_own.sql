-- Accounts and transfers are in the schema "ledger" now, whose chain covers every transfer from the first one on. What was
-- booked before there was a chain is not carried over in silence.
do $$
begin
    if exists (select from transfer) then
        raise exception 'wallet: % transfers from before the ledger had a schema of its own (expected: none; begin with a new data folder, or move them by a migration of yours)',
            (select count(*) from transfer);
    end if;
end
$$;

drop table transfer;
drop table account;
