create table effect (
    id bigint not null generated always as identity primary key,
    source text not null,
    command text not null
);
grant select, insert on effect to ${flyway:defaultSchema};
