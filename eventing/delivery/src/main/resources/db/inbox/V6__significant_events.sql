-- What a regulator asks to be told of and what is no command's outcome, written in the transaction that found it: an id that was
-- used again for another command, settings that are others than before. A chore tells it.
create table significant_event (
    id      text        not null primary key,
    number  bigint      not null generated always as identity,
    type    text        not null,
    key     text        not null,
    -- RFC 3339, as it is told.
    time    text        not null,
    data    text        not null,
    -- Null until Kafka has it.
    told_at timestamptz
);

create index significant_event_untold on significant_event (number) where told_at is null;

-- The settings that are watched, as JSON object, whenever the function started with others than the time before.
create table watched_settings (
    number      bigint      not null generated always as identity primary key,
    settings    text        not null,
    recorded_at timestamptz not null default now()
);

-- That it was told is all that changes of an event.
create trigger significant_event_is_append_only before delete or update of id, number, type, key, time, data on significant_event
    for each row execute function refuse_change();
create trigger significant_event_is_never_truncated before truncate on significant_event
    for each statement execute function refuse_change();
create trigger watched_settings_are_append_only before update or delete on watched_settings
    for each row execute function refuse_change();
create trigger watched_settings_are_never_truncated before truncate on watched_settings
    for each statement execute function refuse_change();

grant select, insert, update (told_at) on significant_event to ${flyway:defaultSchema};
grant select, insert on watched_settings to ${flyway:defaultSchema};
