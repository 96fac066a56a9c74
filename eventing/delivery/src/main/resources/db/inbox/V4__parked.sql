-- A command that threw and has no outcome yet is parked: later commands of its key wait for it. They wait for those that threw
-- before them, by number, so that two that threw at the same moment do not wait for each other.
alter table failure
    add column parked      boolean not null default false,
    add column number      bigint  not null generated always as identity,
    add column fingerprint text    not null default '';

-- Holds nothing as long as nothing fails.
create index failure_parked on failure (source, key, number) include (id) where parked;
