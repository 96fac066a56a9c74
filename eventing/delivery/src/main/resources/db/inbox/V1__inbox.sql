-- What became of every command, refusals and failures too: the guard against doing it twice, and the outbox from which it
-- is told again. The texts are what the player was sent, to the byte.
create table inbox (
    source      text        not null,
    id          text        not null,
    fingerprint text        not null,
    type        text        not null,
    ending      text        not null check (ending in ('done', 'refused', 'failed')),
    event_id    text        not null,
    event       text        not null,
    facts       text        not null,
    -- The client's sending that was recorded; null when the command came from no connection.
    session     text,
    sequence    bigint,
    position    text,
    recorded_at timestamptz not null default now(),
    primary key (source, id),
    check ((session is null) = (sequence is null) and (session is null) = (position is null))
);

-- Commands that threw, and what they threw: counts the tries over redeliveries and keeps what failed, whatever becomes of
-- the dead letter.
create table failure (
    source    text        not null,
    id        text        not null,
    type      text        not null,
    key       text        not null,
    data      bytea       not null,
    tries     int         not null,
    reason    text        not null,
    failed_at timestamptz not null default now(),
    primary key (source, id)
);

-- Refuses for everybody, owners and superusers included, what the grants refuse for the application.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;

create trigger inbox_is_append_only before update or delete on inbox
    for each row execute function refuse_change();
create trigger inbox_is_never_truncated before truncate on inbox
    for each statement execute function refuse_change();

-- The application's role has the schema's name.
grant usage on schema ${flyway:defaultSchema} to ${flyway:defaultSchema};
grant select, insert on inbox to ${flyway:defaultSchema};
grant select, insert, update on failure to ${flyway:defaultSchema};
