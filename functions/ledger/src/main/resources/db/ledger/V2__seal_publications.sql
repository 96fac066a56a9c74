-- Seals that are known to be outside the database. What is not here is published again: whoever made a seal may have died
-- before it was. A seal's own row is append-only, so this is a table of its own.
create table seal_publication (
    n  bigint      not null primary key references seal,
    at timestamptz not null default now()
);

create trigger seal_publication_is_append_only before update or delete on seal_publication
    for each row execute function refuse_change();
create trigger seal_publication_is_never_truncated before truncate on seal_publication
    for each statement execute function refuse_change();

grant select, insert on seal_publication to ${flyway:defaultSchema};
