create table total (
    player text primary key,
    points bigint not null default 0 check (points >= 0)
);
