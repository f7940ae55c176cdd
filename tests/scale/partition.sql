-- Turns the tables of projects (%TABLES%) of a migrated, empty database into four hash partitions each, by project, as
-- if each were on four nodes: a plan then shows which partitions a statement reads.
DO $$
DECLARE
  name text;
  key record;
  number int;
BEGIN
  CREATE TEMP TABLE kept_keys AS
    SELECT conrelid::regclass::text AS owner, conname, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace;
  CREATE TEMP TABLE kept_triggers AS
    SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE NOT tgisinternal;
  FOR key IN SELECT * FROM kept_keys LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.owner, key.conname);
  END LOOP;
  FOREACH name IN ARRAY ARRAY[%TABLES%] LOOP
    -- A partitioned table has no identity columns (before PostgreSQL 17).
    FOR key IN SELECT attname, name || '_numbers' AS sequence FROM pg_attribute
               WHERE attrelid = name::regclass AND attidentity <> '' LOOP
      EXECUTE format('ALTER TABLE %I ALTER %I DROP IDENTITY', name, key.attname);
      EXECUTE format('CREATE SEQUENCE %I', key.sequence);
      EXECUTE format('ALTER TABLE %I ALTER %I SET DEFAULT nextval(%L)', name, key.attname, key.sequence);
    END LOOP;
    EXECUTE format('ALTER TABLE %I RENAME TO whole', name);
    EXECUTE format('CREATE TABLE %I (LIKE whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES) PARTITION BY HASH (project_id)', name);
    FOR number IN 0..3 LOOP
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 4, REMAINDER %s)',
                     name || '_p' || number, name, number);
    END LOOP;
    DROP TABLE whole;
  END LOOP;
  FOR key IN SELECT * FROM kept_keys LOOP
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', key.owner, key.conname, key.definition);
  END LOOP;
  FOR key IN SELECT * FROM kept_triggers LOOP
    EXECUTE key.definition;
  END LOOP;
  DROP TABLE kept_keys, kept_triggers;
END $$;
