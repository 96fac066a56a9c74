create table total (
    player text primary key,
    points bigint not null default 0 check (points >= 0)
);

-- The function runs with a role that owns nothing: it may do what is said here. The role has the schema's name.
grant select, insert, update on total to ${flyway:defaultSchema};
